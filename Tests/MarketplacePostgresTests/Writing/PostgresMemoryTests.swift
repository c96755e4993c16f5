import Testing

@testable import MarketplacePostgres

struct PostgresMemoryTests {
    @Test func whatIsUsedStaysAndTheRestIsForgotten() {
        var kind = PostgresMemory.Kind<Int, Int>()
        for round in 0..<4 {
            for key in 0..<PostgresMemory.mostKeys {
                kind.note(key, of: round * PostgresMemory.mostKeys + key)
                // Looked at now and then.
                if key.isMultiple(of: 1_000) { #expect(kind.value(of: 0) == 0) }
            }
        }
        #expect(kind.value(of: 1) == nil)
        #expect(kind.value(of: 4 * PostgresMemory.mostKeys - 1) == PostgresMemory.mostKeys - 1)
    }

    @Test func whatIsGoneIsNotKnownFromBefore() {
        var kind = PostgresMemory.Kind<Int, Int>()
        for key in 0...PostgresMemory.mostKeys { kind.note(key, of: key) }
        kind.note(nil, of: 5)
        #expect(kind.value(of: 5) == nil)
        kind.note(6, of: 6)
        #expect(kind.value(of: 6) == 6)
    }
}
