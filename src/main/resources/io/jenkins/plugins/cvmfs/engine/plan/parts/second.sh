fi
if pushing; then
