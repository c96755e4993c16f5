import MarketplaceCore

/// The tickets that one move of the line called, which have one deadline.
struct WaitingCall: Hashable, Sendable, Codable {
    /// The number of the call, from 1.
    let id: Int64
    /// The first and the last number of its tickets; some in between may have left before.
    let first: Int64
    let last: Int64
    /// How many of them were called.
    let size: Int64
    /// The first moment at which it is too late to come.
    let deadline: Timestamp
}
