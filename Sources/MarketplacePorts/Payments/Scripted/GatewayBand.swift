/// A behaviour with the end of its part of 0..<1,000,000, which begins where the one before it ends.
struct GatewayBand: Sendable, Hashable {
    let end: UInt64
    let behavior: GatewayBehavior
}
