/// All laws of a seam, in order.
public struct LawSet<Subject>: Sendable {
    private let laws: [Law<Subject>]

    /// Makes a set of laws, each of its own name.
    public init(_ laws: [Law<Subject>]) {
        precondition(Set(laws.map(\.name)).count == laws.count, "two laws have one name")
        self.laws = laws
    }

    /// The names of the laws, in order.
    public var names: [String] { laws.map(\.name) }

    /// The law of that name.
    public subscript(name: String) -> Law<Subject>? { laws.first { $0.name == name } }

    /// The laws but those that are skipped, for a test that runs each as a case of its own.
    ///
    /// - Throws: ``LawSetError`` when a skip names no law or no reason.
    public func skipping(_ skips: [LawSkip]) throws(LawSetError) -> LawSet {
        for skip in skips {
            guard self[skip.law] != nil else { throw .unknownLaw(skip.law) }
            guard skip.reason.contains(where: { !$0.isWhitespace }) else { throw .missingReason(skip.law) }
        }
        let skipped = Set(skips.map(\.law))
        return LawSet(laws.filter { !skipped.contains($0.name) })
    }

    /// Checks the laws one after the other, each on a subject of its own.
    ///
    /// - Parameters:
    ///   - skips: The laws that are not checked, each with its reason.
    ///   - makeSubject: Makes a subject on which nothing has been done before; called once a law.
    /// - Throws: ``LawViolation`` of the first law that is broken; ``LawSetError`` when a skip names no law or no
    ///   reason; what `makeSubject` throws, as it is.
    public func check(skipping skips: [LawSkip] = [], _ makeSubject: () async throws -> Subject) async throws {
        for law in try skipping(skips) { try await law.check(makeSubject) }
    }
}

extension LawSet: RandomAccessCollection {
    /// The place of the first law.
    public var startIndex: Int { laws.startIndex }
    /// The place behind the last law.
    public var endIndex: Int { laws.endIndex }
    /// The law at a place.
    public subscript(position: Int) -> Law<Subject> { laws[position] }
}
