public import MarketplaceCore
public import MarketplacePorts
public import MarketplaceStorage

/// How a call about members, sellers, enterprises, schools, logins or sessions ended when it did not succeed.
public enum MembersError: EffectStating, Hashable {
    /// It is refused; nothing was changed.
    case refused(MembersRefusal)
    /// Others changed the same things meanwhile, attempt after attempt; nothing was changed. Try again.
    case contended(attempts: Int)
    /// The store failed.
    case failed(StoreError)
    /// A password, token, code or identity could not be handled.
    case port(CredentialError)

    /// Refused, not applied, or unknown.
    public var effect: EffectOutcome {
        switch self {
        case .refused: .refused
        case .contended: .notApplied
        case .failed(let error): error.effect
        case .port(let error): error.effect
        }
    }

    /// The refusal, if it is one.
    public var refusal: MembersRefusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }

    /// Whether the very same call may succeed when made again.
    public var isRetriable: Bool {
        switch self {
        case .refused: false
        case .contended: true
        case .failed(let error): error.isRetriable
        case .port(let error): error.isRetriable
        }
    }
}

extension MembersError: StoreServiceError {}

extension MembersError: CustomStringConvertible {
    /// What happened, in a sentence.
    public var description: String {
        switch self {
        case .refused(let refusal): "refused: \(refusal)"
        case .contended(let attempts): "contended: given up after \(attempts) attempts"
        case .failed(let error): "failed: \(error)"
        case .port(let error): "\(error)"
        }
    }
}
