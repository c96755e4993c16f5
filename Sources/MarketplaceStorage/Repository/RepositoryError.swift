public import MarketplaceCore

/// How a command given to a repository ended when it was not recorded.
public enum RepositoryError<Rejection: EffectStating>: EffectStating {
    /// The aggregate rejected it.
    case rejected(Rejection)
    /// Other writers were faster, as often as it was attempted.
    case contended(attempts: Int)
    /// The store refused or failed; the outcome may be unknown.
    case store(StoreError)
    /// A recorded event cannot be read.
    case unreadable(EventReadingError)
    /// A decided event cannot be written.
    case unwritable(PayloadCodecError)
    /// The id cannot be a key.
    case badID(TextKeyError)

    /// What is known about the command's effect.
    public var effect: EffectOutcome {
        switch self {
        case .rejected(let rejection): rejection.effect
        case .contended: .notApplied
        case .store(let error): error.effect
        case .unreadable, .unwritable, .badID: .refused
        }
    }
}

extension RepositoryError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .rejected(let rejection): "rejected: \(rejection)"
        case .contended(let attempts): "other writers were faster \(attempts) times"
        case .store(let error): "\(error)"
        case .unreadable(let error): "\(error)"
        case .unwritable(let error): "\(error)"
        case .badID(let error): "\(error)"
        }
    }
}
