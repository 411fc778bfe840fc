for file in ca.pem cert.pem key.pem; do
    [ -r "${DOCKER_CERT_PATH:-${DOCKER_CONFIG:-${HOME-}/.docker}}/$file" ] || echo "$file"
done
echo "${DOCKER_CERT_PATH:-${DOCKER_CONFIG:-${HOME-}/.docker}}"
