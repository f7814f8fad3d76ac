// The counter-based random numbers of engine/base/rng.cpp; the integers are the same to the bit.

const uint DRAW_GUMBEL = 1u;  // DrawPurpose::Gumbel

/// Philox4x32-10 (Salmon et al., SC 2011).
uvec4 philox4x32(uvec4 counter, uvec2 key) {
    for (uint i = 0u; i < 10u; ++i) {
        uvec2 high;
        uvec2 low;
        umulExtended(uvec2(0xD2511F53u, 0xCD9E8D57u), counter.xz, high, low);
        counter = uvec4(high.y ^ counter.y ^ key.x, low.y, high.x ^ counter.w ^ key.y, low.x);
        key += uvec2(0x9E3779B9u, 0xBB67AE85u);
    }
    return counter;
}

/// Standard exponential -ln(1 - u), u = (bits + 1/2) / 2^32, with full relative precision at both ends.
float exponentialFrom(uint bits) {
    const float toUnit = 1.0 / 4294967296.0;
    const float v = (float(bits) + 0.5) * toUnit;
    if (bits < (1u << 20)) {
        return v * (1.0 + v * (0.5 + v * (1.0 / 3.0)));
    }
    return -log((float(~bits) + 0.5) * toUnit);
}
