public import MarketplaceCore
public import MarketplaceDomain
import Synchronization

/// A sender of codes for tests and demonstrations that keeps what it sent.
public final class ScriptedCodeSender: CodeSender {
    /// A code and where it went.
    public struct Message: Sendable, Hashable {
        /// The code.
        public let code: OneTimeCode
        /// Where it went.
        public let destination: CodeDestination
        /// The language it was sent in.
        public let language: LanguageTag
    }

    private struct State {
        var messages: [Message] = []
        var keys: Set<IdempotencyKey> = []
        var failures: [EffectOutcome] = []
    }

    private let state = Mutex(State())

    /// A sender that reaches everybody.
    public init() {}

    /// Lets the next calls fail so; an unknown one sends its message nevertheless.
    public func fail(_ outcomes: EffectOutcome...) {
        state.withLock { $0.failures += outcomes }
    }

    /// What was sent, in order.
    public var messages: [Message] { state.withLock { $0.messages } }

    /// Sends the code, or fails as told.
    public func send(
        _ code: OneTimeCode,
        to destination: CodeDestination,
        in language: LanguageTag,
        key: IdempotencyKey
    ) async throws(CredentialError) {
        let failure: EffectOutcome? = state.withLock { state in
            let failure = state.failures.isEmpty ? nil : state.failures.removeFirst()
            if failure == nil || failure == .unknown, state.keys.insert(key).inserted {
                state.messages.append(Message(code: code, destination: destination, language: language))
            }
            return failure
        }
        if let failure { throw CredentialError(.unreachable, effect: failure) }
    }
}
