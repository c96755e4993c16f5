public import MarketplaceCore

/// How often a product got each number of stars.
public struct RatingHistogram: Sendable, Hashable {
    /// The stars there are.
    public static let stars = 1...5
    /// The most votes of one bucket: what five of them weigh still fits an `Int64`.
    public static let maximumVotes = Int64.max / 25

    private var votes: [Int64]

    /// A histogram without votes.
    public init() {
        votes = Array(repeating: 0, count: Self.stars.count)
    }

    /// A histogram of counted votes, by stars; numbers out of range become the nearest that is in it.
    public init(votes: [Int: Int64]) {
        self.votes = Self.stars.map { min(max(votes[$0] ?? 0, 0), Self.maximumVotes) }
    }

    /// How many gave so many stars; 0 for stars that nobody can give.
    public subscript(stars: Int) -> Int64 {
        Self.stars.contains(stars) ? votes[stars - 1] : 0
    }

    /// How many votes there are.
    public var count: Int64 { votes.reduce(0, +) }

    /// All stars together.
    public var sum: Int64 { Self.stars.reduce(0) { $0 + Int64($1) * self[$1] } }

    /// The exact average; nil without votes.
    public var average: Ratio? { try? Ratio(sum, over: count) }

    /// What an event changes: votes to add by stars.
    public static func changes(by event: ReviewEvent) -> [Int: Int64] {
        switch event {
        case .published(let review): return [review.rating: 1]
        case .edited(let edit): return edit.from == edit.to ? [:] : [edit.from: -1, edit.to: 1]
        case .statusChanged(let change):
            switch (change.from == .published, change.to == .published) {
            case (true, false): return [change.rating: -1]
            case (false, true): return [change.rating: 1]
            default: return [:]
            }
        }
    }
}
