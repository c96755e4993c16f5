public import MarketplaceCore
import MarketplaceDomain
import Synchronization

/// A mail service for tests and demonstrations that does what it is told and keeps what it delivered.
///
/// It keeps the contract of ``MailGateway``: a repeated key delivers nothing. What is scripted is used up in order;
/// after that every mail is taken.
public final class ScriptedMailGateway: ProbeableMailGateway {
    private struct State {
        var script: [MailBehavior]
        var delivered: [OutgoingMail] = []
        var keys: Set<IdempotencyKey> = []
        var calls = 0
    }

    private let state: Mutex<State>

    /// A service that does this with the mails to come, one after the other.
    public init(_ script: MailBehavior...) {
        state = Mutex(State(script: script))
    }

    /// Adds to what is scripted.
    public func follow(_ script: MailBehavior...) {
        state.withLock { $0.script += script }
    }

    /// What was delivered, in order.
    public var delivered: [OutgoingMail] { state.withLock { $0.delivered } }

    /// How often it was asked to send something.
    public var callCount: Int { state.withLock { $0.calls } }

    /// Takes the mail, or does what is scripted.
    public func send(_ mail: OutgoingMail, key: IdempotencyKey) async throws(MailError) {
        let behavior = state.withLock { state in
            state.calls += 1
            let behavior = state.script.isEmpty ? .accept : state.script.removeFirst()
            switch behavior {
            case .accept, .timeOutAfterEffect:
                if state.keys.insert(key).inserted { state.delivered.append(mail) }
            case .timeOutBeforeEffect, .failToConnect, .refuseAddress: break
            }
            return behavior
        }
        switch behavior {
        case .accept: return
        case .timeOutAfterEffect, .timeOutBeforeEffect: throw MailError(.timedOut, effect: .unknown)
        case .failToConnect: throw MailError(.unreachable, effect: .notApplied)
        case .refuseAddress: throw MailError(.addressRefused, effect: .refused)
        }
    }

    /// Whether a mail with that key was delivered.
    public func hasSent(_ key: IdempotencyKey) async throws(MailError) -> Bool {
        state.withLock { $0.keys.contains(key) }
    }
}
