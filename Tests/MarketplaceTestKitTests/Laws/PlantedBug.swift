import MarketplaceTestKit
import Synchronization
import Testing

/// A conformance that breaks one law, and the law that must catch it.
struct PlantedBug<Subject>: Sendable, CustomTestStringConvertible {
    let law: Law<Subject>
    let name: String
    let make: @Sendable () -> Subject

    init(_ law: Law<Subject>, _ name: String, make: @escaping @Sendable () -> Subject) {
        self.law = law
        self.name = name
        self.make = make
    }

    var testDescription: String { "\(law.name): \(name)" }

    /// Demands that the law fails with a violation that names it and tells what led to it.
    func expectIsCaught() async {
        // What a broken store never shows is not worth waiting for.
        let violation = await StoreLaws.$feedPatience.withValue(.milliseconds(100)) {
            await #expect(throws: LawViolation.self) { try await law.check { make() } }
        }
        #expect(violation?.law == law.name)
        #expect(violation?.statement == law.statement)
        #expect(violation?.history.isEmpty == false)
    }
}

/// A value that the closures of a planted bug share.
final class Shared<Value: Sendable>: Sendable {
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        value.withLock { value in
            var copy = value
            defer { value = copy }
            return body(&copy)
        }
    }
}
