public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceInventory

/// What the inventory's side of a choreographed purchase knows of one order: what was ordered, whether it is paid, and
/// what was decided about its stock.
///
/// The order and its payment become known in any order. The first decision stands; every repetition changes nothing.
public struct StockClaim: Aggregate, Hashable {
    /// What can be asked of it, of which order and when.
    public struct Command: RepeatableCommand, Hashable {
        /// The order.
        public let order: OrderID
        /// What is asked.
        public let action: StockClaimAction
        /// When.
        public let time: Timestamp

        /// Makes a command.
        public init(order: OrderID, action: StockClaimAction, time: Timestamp) {
            self.order = order
            self.action = action
            self.time = time
        }

        /// Takes in what is asked; why stock is refused is looked up.
        public func identify(in digest: inout ContentDigest) {
            order.combine(into: &digest)
            switch action {
            case .request(let buyer, let lines): digest.combine(all: "request", buyer, lines)
            case .pay: digest.combine("pay")
            case .take: digest.combine("take")
            case .refuse: digest.combine("refuse")
            }
        }
    }

    /// What can happen to it.
    public typealias Event = StockClaimEvent
    /// Why a command can be refused.
    public typealias Rejection = StockClaimRejection
    /// What names one: its order.
    public typealias ID = OrderID

    /// The category of its event streams.
    public static var category: String { "stock-claim" }

    /// What was ordered; nil before that is known.
    public private(set) var request: StockClaimRequested?
    /// Whether it is known to be paid.
    public private(set) var isPaid = false
    /// Whether something was decided about its stock.
    public private(set) var isDecided = false

    /// The state before the first event.
    public init() {}

    /// What is to be taken now: the order is known and paid, and nothing was decided.
    public var undecidedRequest: StockClaimRequested? { isPaid && !isDecided ? request : nil }

    /// Answers `command` with the events to record; an empty list when nothing changes.
    public func decide(_ command: Command) throws(StockClaimRejection) -> [StockClaimEvent] {
        let (order, time) = (command.order, command.time)
        switch command.action {
        case .request(let buyer, let lines):
            if request != nil { return [] }
            return [.requested(StockClaimRequested(orderID: order, buyerID: buyer, lines: lines, at: time))]
        case .pay:
            return isPaid ? [] : [.paid(StockClaimPaid(orderID: order, at: time))]
        case .take:
            return try isOpen() ? [.taken(StockTaken(orderID: order, at: time))] : []
        case .refuse(let refusal):
            return try isOpen() ? [.refused(StockRefused(orderID: order, refusal: refusal, at: time))] : []
        }
    }

    /// Moves the state along a recorded event.
    public mutating func apply(_ event: StockClaimEvent) {
        switch event {
        case .requested(let requested): request = requested
        case .paid: isPaid = true
        case .taken, .refused: isDecided = true
        }
    }

    /// Whether it can be decided now; false when it was.
    private func isOpen() throws(StockClaimRejection) -> Bool {
        guard isPaid, request != nil else { throw .notReady }
        return !isDecided
    }
}

/// What can be asked of a stock claim.
public enum StockClaimAction: Sendable, Hashable {
    /// Take note of what was ordered by whom.
    case request(buyer: MemberID, lines: [OrderLine])
    /// Take note that it is paid.
    case pay
    /// Take note that the stock was taken.
    case take
    /// Take note that the stock was refused.
    case refuse(InventoryRefusal)
}

/// Why a command to a stock claim is refused.
public enum StockClaimRejection: EffectStating, Hashable, CustomStringConvertible {
    /// It is not known to be ordered and paid, so nothing can be decided about it.
    case notReady

    /// Nothing was changed.
    public var effect: EffectOutcome { .refused }
    /// The reason in a sentence.
    public var description: String { "it is not known to be ordered and paid" }
}
