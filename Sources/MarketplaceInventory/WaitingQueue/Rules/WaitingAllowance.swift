/// How many tickets may be called now.
struct WaitingAllowance: Hashable, Sendable {
    /// By the rate, the burst and what was given back.
    let byRate: Int64
    /// After the bound on how many may be inside, too.
    let places: Int64
}
