/// Why a set of laws is not checked as it was asked.
public enum LawSetError: Error, Hashable {
    /// There is no law of that name: it was misspelt, or the law has gone.
    case unknownLaw(String)
    /// The law is skipped without a reason.
    case missingReason(String)
}

extension LawSetError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .unknownLaw(let name): "there is no law \(name) to skip"
        case .missingReason(let name): "the skip of the law \(name) gives no reason"
        }
    }
}
