import Foundation
import MarketplaceCore
import TestSupport
import Testing

struct IdentifierTextTests {
    private enum Subject {}
    private typealias ID = Identifier<Subject>

    @Test func printsLowerCaseWithHyphens() throws {
        let id = ID(bits: 0x017F_22E2_79B0_7CC3_98C4_DC0C_0C07_398F)
        #expect(id.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
        #expect(ID(bits: 0).description == "00000000-0000-0000-0000-000000000000")
        #expect(ID(bits: .max).description == "ffffffff-ffff-ffff-ffff-ffffffffffff")
    }

    @Test(arguments: [
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "017F22E2-79B0-7CC3-98C4-DC0C0C07398F",
        "017f22e279b07cc398c4dc0c0c07398f", "017F22E279b07cc398c4dc0C0C07398F",
    ])
    func acceptsEitherCaseWithAndWithoutHyphens(_ text: String) throws {
        #expect(try ID(parsing: text).bits == 0x017F_22E2_79B0_7CC3_98C4_DC0C_0C07_398F)
        #expect(ID(text) != nil)
    }

    @Test func everyIdentifierPrintsAndParsesBack() throws {
        PropertyRun.check { run throws in
            let id = ID(bits: UInt128(run.generator.next()) << 64 | UInt128(run.generator.next()))
            #expect(try ID(parsing: id.description) == id, run.replay)
            #expect(try ID(parsing: id.description.replacing("-", with: "")) == id, run.replay)
            #expect(id.description == UUID(uuidString: id.description)?.uuidString.lowercased(), run.replay)
            #expect(try JSONDecoder().decode(ID.self, from: JSONEncoder().encode(id)) == id, run.replay)
        }
    }

    @Test(
        arguments: [
            ("", .wrongLength(0), 0), ("017f22e2", .wrongLength(8), 8),
            ("017f22e2-79b0-7cc3-98c4-dc0c0c07398f0", .wrongLength(37), 37),
            ("{17f22e2-79b0-7cc3-98c4-dc0c0c07398f", .expectedHexDigit, 0),
            ("017f22e2-79b0-7cc3-98c4-dc0c0c07398g", .expectedHexDigit, 35),
            ("017f22e2079b0-7cc3-98c4-dc0c0c07398f", .expectedHyphen, 8),
            ("017f22e2-79b0-7cc3-98c40dc0c0c07398f", .expectedHyphen, 23),
            ("017f22e2--9b0-7cc3-98c4-dc0c0c07398f", .expectedHexDigit, 9),
            ("017f22e2-9b07-7cc3-98c4-dc0c0c07", .expectedHexDigit, 8),
            ("017f22e279b07cc398c4dc0c0c07398é", .wrongLength(33), 33),
            ("017f22e279b07cc398c4dc0c0c0739é", .expectedHexDigit, 30),
        ] as [(String, IdentifierParseReason, Int)]
    )
    func saysWhatIsWrongAndWhere(_ text: String, _ reason: IdentifierParseReason, _ offset: Int) {
        let error = thrownError { () throws(IdentifierParseError) in _ = try ID(parsing: text) }
        #expect(error == IdentifierParseError(reason, utf8Offset: offset))
        #expect(error?.effect == .refused)
        #expect(ID(text) == nil)
    }

    @Test func isEncodedAsItsText() throws {
        let json = String(decoding: try JSONEncoder().encode(ID(bits: 1)), as: UTF8.self)
        #expect(json == #""00000000-0000-0000-0000-000000000001""#)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(ID.self, from: Data(#""1""#.utf8)) }
    }

    @Test func theSubjectNeedNotBeCopyable() throws {
        struct Handle: ~Copyable {}
        let id = Identifier<Handle>(bits: 7)
        #expect(try Identifier<Handle>(parsing: id.description) == id)
        #expect(Set([id, id]).count == 1)
        #expect(try JSONDecoder().decode(Identifier<Handle>.self, from: JSONEncoder().encode(id)) == id)
        #expect(id.time == nil)
    }

    @Test func theOrderIsThatOfTheText() {
        PropertyRun.check { run throws in
            let first = ID(bits: UInt128(run.generator.next()) << 64)
            let second = ID(bits: UInt128(run.generator.next()) << 64)
            #expect((first < second) == (first.description < second.description), run.replay)
        }
    }
}
