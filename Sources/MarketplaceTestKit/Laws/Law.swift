/// One law of a seam: what every conformance must do, as a check that anyone can run on their own.
///
/// A law needs no test framework. It is given a fresh subject, calls it, and throws a ``LawViolation`` when the
/// subject breaks it:
///
/// ```swift
/// try await StoreLaws.commitIsAllOrNothing.check { try await makeEmptyStore() }
/// ```
///
/// In a test of Swift Testing, `@Test(arguments: StoreLaws.all)` makes every law a test case of its own.
public struct Law<Subject>: Sendable {
    /// The name, which stays the same from release to release: what a skip names.
    public let name: String
    /// The law in one sentence.
    public let statement: String
    private let body: @Sendable (Subject, LawHistory) async throws -> Void

    /// Makes a law.
    ///
    /// - Parameters:
    ///   - name: The name, unique among the laws of its seam.
    ///   - statement: The law in one sentence.
    ///   - body: Calls the subject, records the calls, and throws a ``LawBreach`` where the law is broken; any other
    ///     error it throws breaks the law too.
    public init(
        _ name: String,
        _ statement: String,
        body: @escaping @Sendable (Subject, LawHistory) async throws -> Void
    ) {
        self.name = name
        self.statement = statement
        self.body = body
    }

    /// Checks the law on a fresh subject.
    ///
    /// - Parameter makeSubject: Makes a subject on which nothing has been done before; called once.
    /// - Throws: ``LawViolation`` when the law is broken; what `makeSubject` throws, as it is.
    public func check(_ makeSubject: () async throws -> Subject) async throws {
        let subject = try await makeSubject()
        let history = LawHistory()
        do {
            try await body(subject, history)
        } catch let breach as LawBreach {
            throw LawViolation(of: self, expected: breach.expected, found: breach.found, history: history)
        } catch {
            throw LawViolation(of: self, expected: "no error", found: "\(error)", history: history)
        }
    }
}

extension Law: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
