public import MarketplaceCore

/// Why a message was not taken in.
public struct InboxError: EffectStating {
    /// What stands in the way.
    public enum Cause: Sendable {
        /// The handler threw this.
        case handler(any Error)
        /// The store did not do its work, or refuses what the handler wants to write.
        case store(StoreError)
    }

    /// The message.
    public let message: MessageID
    /// What stands in the way.
    public let cause: Cause

    /// What is known of the effect of the message.
    public var effect: EffectOutcome {
        switch cause {
        // Nothing is committed before the handler has returned, so its errors leave no effect behind.
        case .handler(let error): EffectOutcome(of: error) == .refused ? .refused : .notApplied
        case .store(let error): error.effect
        }
    }

    /// Whether it says nothing about the message itself: the store was unavailable, or a race was lost.
    public var isOperational: Bool {
        switch cause {
        case .handler(let error): (error as? StoreError).map(Self.isOperational) ?? false
        case .store(let error): Self.isOperational(error)
        }
    }

    private static func isOperational(_ error: StoreError) -> Bool {
        switch error {
        case .notApplied, .unknown: true
        case .conflict(let conflict): conflict.isContention
        case .invalid: false
        }
    }
}

extension InboxError: CustomStringConvertible {
    /// What stands in the way, in a sentence.
    public var description: String {
        switch cause {
        case .handler(let error): "message \(message): \(error)"
        case .store(let error): "message \(message): \(error)"
        }
    }
}
