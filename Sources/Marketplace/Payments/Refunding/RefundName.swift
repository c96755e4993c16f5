import MarketplaceCore
import MarketplaceDomain

/// What one refund is asked for under, attempt after attempt, at every place it is given from.
///
/// Each attempt has a key of its own, and what was begun under any of them counts for all: whoever gives a refund, and
/// whoever wants to know how much of it was given, tells its parts by this.
struct RefundName: Hashable, Sendable {
    private let text: String
    private let isAskedOnce: Bool
    private let isFirstNumbered: Bool
    /// How often it is known to be asked for, counted from 1.
    let attempt: Int

    /// A refund that somebody asks for under a key of theirs, which is never asked for anew under another one.
    static func once(_ key: IdempotencyKey) -> RefundName {
        RefundName(text: key.text, isAskedOnce: true, isFirstNumbered: false, attempt: 1)
    }

    /// A refund that an order owes.
    static func owed(_ refund: OrderRefund, by order: OrderID) -> RefundName {
        RefundName(
            text: "\(order)/refund/\(refund.number)",
            isAskedOnce: false,
            isFirstNumbered: false,
            attempt: max(1, refund.attempt)
        )
    }

    /// What a return gives.
    static func given(by id: ReturnID, attempt: Int = 1) -> RefundName {
        RefundName(text: "return \(id)", isAskedOnce: false, isFirstNumbered: true, attempt: max(1, attempt))
    }

    /// The key of an attempt.
    func key(of attempt: Int) -> IdempotencyKey {
        // A key of somebody's, or an identifier, a short text and numbers.
        IdempotencyKey(unchecked: attempt == 1 && !isFirstNumbered ? text : "\(text)/\(attempt)")
    }

    /// Which attempt a key is of, also one that is not known of here yet; nil when it is of another refund.
    func attempt(of key: IdempotencyKey) -> Int? {
        if key.text == text, !isFirstNumbered { return 1 }
        guard !isAskedOnce, key.text.hasPrefix("\(text)/"), let number = Int(key.text.dropFirst(text.count + 1)),
            number > 0
        else { return nil }
        return number
    }
}
