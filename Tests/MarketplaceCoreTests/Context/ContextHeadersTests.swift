import Foundation
import MarketplaceCore
import TestSupport
import Testing

struct ContextHeadersTests {
    @Test func whatIsSetIsReadBackAndCanBeReplacedAndRemoved() throws {
        var headers = ContextHeaders()
        #expect(headers.isEmpty)
        try headers.set("actor-id", to: "member-1")
        try headers.set("actor-id", to: "member-2")
        #expect(headers["actor-id"] == "member-2")
        #expect(headers.count == 1)
        headers.remove("actor-id")
        headers.remove("never-there")
        #expect(headers.isEmpty)
        #expect(headers["actor-id"] == nil)
    }

    @Test func pairsAreListedInTheOrderOfTheirNames() throws {
        let headers = try ContextHeaders(["b": "2", "a": "1", "c": "3"])
        #expect(headers.sorted.map(\.name) == ["a", "b", "c"])
        #expect(headers.sorted.map(\.value) == ["1", "2", "3"])
    }

    @Test func namesAreBounded() throws {
        var headers = ContextHeaders()
        let longest = String(repeating: "n", count: ContextHeaders.maximumNameLength)
        try headers.set(longest, to: "")
        for bad in ["", longest + "n", String(repeating: "\u{E9}", count: 33)] {
            #expect(
                thrownError { () throws(ContextHeadersError) in try headers.set(bad, to: "v") }
                    == .badName(bad, maximumLength: 64)
            )
        }
        #expect(headers.count == 1)
    }

    @Test func valuesAreBounded() throws {
        var headers = ContextHeaders()
        try headers.set("n", to: String(repeating: "v", count: ContextHeaders.maximumValueLength))
        #expect(
            thrownError { () throws(ContextHeadersError) in
                try headers.set("n", to: String(repeating: "v", count: 1_025))
            }
                == .valueTooLong(name: "n", byteCount: 1_025, maximum: 1_024)
        )
        #expect(headers["n"]?.utf8.count == 1_024)
    }

    @Test func thereAreAtMostSoManyAndAFullSetCanStillBeChanged() throws {
        var headers = ContextHeaders()
        for number in 0..<ContextHeaders.maximumCount { try headers.set("n\(number)", to: "") }
        #expect(
            thrownError { () throws(ContextHeadersError) in try headers.set("one-more", to: "") }
                == .tooMany(maximum: 32)
        )
        try headers.set("n0", to: "changed")
        #expect(headers["n0"] == "changed")
        headers.remove("n0")
        try headers.set("one-more", to: "")
        #expect(headers.count == 32)
    }

    @Test func everyErrorSaysThatNothingHappened() {
        let errors: [ContextHeadersError] = [
            .badName("", maximumLength: 64), .valueTooLong(name: "n", byteCount: 2_000, maximum: 1_024),
            .tooMany(maximum: 32),
        ]
        for error in errors {
            #expect(error.effect == .refused)
            #expect(!error.description.isEmpty)
        }
    }

    @Test func theyAreReadFromAnObjectOfTextsAndChecked() throws {
        let headers = try ContextHeaders(["traceparent": "00-ab-cd-01"])
        let data = try JSONEncoder().encode(headers)
        #expect(String(decoding: data, as: UTF8.self) == #"{"traceparent":"00-ab-cd-01"}"#)
        #expect(try JSONDecoder().decode(ContextHeaders.self, from: data) == headers)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ContextHeaders.self, from: Data(#"{"":"nameless"}"#.utf8))
        }
    }

    @Test func childTasksCarryTheHeadersOfTheWork() async throws {
        #expect(ContextHeaders.current.isEmpty)
        let headers = try ContextHeaders([ContextHeaders.correlationName: "c-1"])
        await ContextHeaders.$current.withValue(headers) {
            #expect(ContextHeaders.current == headers)
            async let child = ContextHeaders.current
            #expect(await child == headers)
            #expect(await Task { ContextHeaders.current }.value == headers)
        }
        #expect(ContextHeaders.current.isEmpty)
    }
}
