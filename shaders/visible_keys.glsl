// Which keys the query at key index `position` sees, by params.h's firstBlockEnd, blockLength, canvasBegin, shadow and shadowBegin: the first
// ones, but for one. Included behind the declaration of `params`.

uint visibleKeys(uint position) {
    const uint text = params.keys - params.shadow;
    const uint blocksBehind = position < params.firstBlockEnd ? 0 : (position - params.firstBlockEnd) / params.blockLength + 1;
    const uint blockEnd = params.firstBlockEnd + blocksBehind * params.blockLength;
    return min(position < params.canvasBegin ? blockEnd : params.keys, position < text ? text : params.keys);
}

// `keys` where it sees all of them.
uint hiddenKey(uint position) {
    const uint text = params.keys - params.shadow;
    return position < text ? params.keys : params.shadowBegin + position - text;
}
