if building; then
