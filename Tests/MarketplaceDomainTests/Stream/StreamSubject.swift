import MarketplaceCore
import MarketplaceDomain

/// One aggregate of the population, with everything that was recorded of it.
final class StreamSubject<Root: Aggregate & Hashable, Action: RuledAction> where Root.Command == ActorCommand<Action> {
    /// The command that it begins with; it may be repeated at any time.
    let birth: Action
    /// Whose it is.
    let owner: MemberID?
    /// Who sells what it is about.
    let seller: SellerID?
    private(set) var root = Root()
    private(set) var events: [Root.Event] = []
    private let invariant: (Root) -> String?

    /// An aggregate of which nothing is known yet; `invariant` tells what is wrong with a state.
    init(
        _ birth: Action,
        owner: MemberID? = nil,
        seller: SellerID? = nil,
        invariant: @escaping (Root) -> String? = { _ in nil }
    ) {
        self.birth = birth
        self.owner = owner
        self.seller = seller
        self.invariant = invariant
    }

    func record(_ new: [Root.Event]) throws(StreamViolation) {
        for event in new { root.apply(event) }
        events += new
        if let problem = invariant(root) { throw StreamViolation(problem) }
    }

    /// Checks that the events alone tell the state, as they were decided and as a store gives them back.
    func checkReplay(throughStore: Bool) throws {
        guard Root(replaying: events) == root else {
            throw StreamViolation("\(Root.self): a replay gives another state")
        }
        guard throughStore else { return }
        let stored = try events.compactMap { try roundTripped($0) }
        guard Root(replaying: stored) == root else {
            throw StreamViolation("\(Root.self): what was stored gives another state")
        }
    }
}
