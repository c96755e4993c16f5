import MarketplaceCore

/// Money came in; version 1 counted whole euros.
struct Deposited: EventPayload {
    static let eventName = "Deposited"
    static let schemaVersion = 2
    let cents: Int
    let note: String?
}

/// The first stored form of ``Deposited``.
struct DepositedInEuros: Decodable, Sendable {
    let euros: Int
}

/// Nothing goes in or out any more.
struct Closed: EventPayload {
    static let eventName = "Closed"
}

/// What can happen to an account.
enum AccountEvent: EventUnion {
    case deposited(Deposited)
    case closed(Closed)

    static let cases = [
        EventCase(AccountEvent.deposited).reading(DepositedInEuros.self, version: 1) { old in
            .deposited(Deposited(cents: old.euros * 100, note: "from euros"))
        },
        EventCase(AccountEvent.closed),
    ]

    var payload: any EventPayload {
        switch self {
        case .deposited(let payload): payload
        case .closed(let payload): payload
        }
    }
}

/// The smallest aggregate that can refuse something.
struct Account: Aggregate {
    enum Command: RepeatableCommand {
        case deposit([Int])
        case close

        func identify(in digest: inout ContentDigest) {
            switch self {
            case .deposit(let amounts): digest.combine(all: "deposit", amounts)
            case .close: digest.combine("close")
            }
        }
    }

    enum Rejection: EffectStating, Hashable {
        case closed

        var effect: EffectOutcome { .refused }
    }

    typealias ID = String

    static let category = "account"
    var cents = 0
    var isClosed = false

    func decide(_ command: Command) throws(Rejection) -> [AccountEvent] {
        if isClosed { throw .closed }
        return switch command {
        case .deposit(let amounts): amounts.map { .deposited(Deposited(cents: $0, note: nil)) }
        case .close: [.closed(Closed())]
        }
    }

    mutating func apply(_ event: AccountEvent) {
        switch event {
        case .deposited(let payload): cents += payload.cents
        case .closed: isClosed = true
        }
    }
}
