public import MarketplaceCore

/// Why a store could not be opened; nothing was written.
public enum StoreOpeningError: EffectStating, Hashable {
    /// The package was built without the trait that the store needs.
    case notBuilt(trait: String)
    /// The file or the server refused, with the reason.
    case failed(String)

    /// Nothing was done.
    public var effect: EffectOutcome { .refused }

    /// Whether another command line is all that helps.
    public var isUsage: Bool {
        switch self {
        case .notBuilt: true
        case .failed: false
        }
    }
}

extension StoreOpeningError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .notBuilt(let trait): "needs the trait \(trait), which this build is without"
        case .failed(let reason): reason
        }
    }

    /// The reason in a sentence, with what to run instead.
    ///
    /// - Parameters:
    ///   - command: The name of the executable.
    ///   - arguments: What it was given.
    /// - Returns: One line.
    public func description(of command: String, _ arguments: [String]) -> String {
        guard case .notBuilt(let trait) = self else { return description }
        let line = (["swift run --traits \(trait)", command] + arguments.map(Self.quoted)).joined(separator: " ")
        return "\(description); run: \(line)"
    }

    /// An argument as a shell reads it.
    private static func quoted(_ argument: String) -> String {
        let plain = argument.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-_./:=@%+,".utf8.contains(byte)
            }
        }
        if plain, !argument.isEmpty { return argument }
        return "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
    }
}
