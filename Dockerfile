# syntax=docker/dockerfile:1

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json prisma.config.ts ./
COPY prisma ./prisma
RUN npm ci

FROM packages AS build
COPY . .
RUN npm run build

FROM packages AS production-packages
# Libraries name build tools as optional peers, which npm would keep.
RUN npm prune --omit=dev --legacy-peer-deps --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 STAYTUNED_DATA=/data
WORKDIR /app
COPY --from=production-packages --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/.next ./.next
COPY --from=build --chown=node:node /app/lib ./lib
COPY --chown=node:node package.json package-lock.json tsconfig.json next.config.js instrumentation.ts ./
COPY --chown=node:node app ./app
COPY --chown=node:node pages ./pages
COPY --chown=node:node components ./components
COPY --chown=node:node public ./public
COPY --chown=node:node prisma/migrations ./prisma/migrations
RUN install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "lib/cli/start.js"]
