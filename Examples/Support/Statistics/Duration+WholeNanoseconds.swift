extension Duration {
    /// The duration in nanoseconds, rounded towards zero; held at the bounds of `Int64`, some 292 years.
    var wholeNanoseconds: Int64 {
        let exact = Int128(components.seconds) * 1_000_000_000 + Int128(components.attoseconds / 1_000_000_000)
        return Int64(clamping: exact)
    }
}
