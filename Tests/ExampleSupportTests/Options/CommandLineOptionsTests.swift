import ExampleSupport
import MarketplaceCore
import Testing

struct CommandLineOptionsTests {
    @Test func withoutArgumentsEveryOptionHasItsDefault() throws {
        let parsed = try #require(try SampleOptions.parse())
        #expect(parsed[SampleOptions.buyers] == 10_000)
        #expect(parsed[SampleOptions.failures] == .percent(3))
        #expect(parsed[SampleOptions.seed] == 1)
        #expect(parsed[SampleOptions.json] == nil)
        #expect(parsed[SampleOptions.pace] == .steady)
        #expect(parsed[SampleOptions.quiet] == false)
    }

    @Test func aValueFollowsItsNameOrAnEqualsSign() throws {
        let parsed = try #require(
            try SampleOptions.parse(
                "--buyers",
                "12",
                "--payment-failures=0.25",
                "--seed",
                "0xFF",
                "--json=a=b.json",
                "--pace",
                "fast",
                "--quiet"
            )
        )
        #expect(parsed[SampleOptions.buyers] == 12)
        #expect(parsed[SampleOptions.failures] == BasisPoints(25))
        #expect(parsed[SampleOptions.seed] == 255)
        #expect(parsed[SampleOptions.json] == "a=b.json")
        #expect(parsed[SampleOptions.pace] == .fast)
        #expect(parsed[SampleOptions.quiet])
        #expect(parsed.isGiven(SampleOptions.buyers))
    }

    @Test(arguments: ["1", "1000000"])
    func theEndsOfARangeBelongToIt(text: String) throws {
        #expect(try SampleOptions.parse("--buyers", text)?[SampleOptions.buyers] == Int(text))
    }

    @Test(arguments: ["0", "1000001", "-5", "99999999999999999999999", "-99999999999999999999999"])
    func aNumberOutsideItsRangeIsRefusedWithTheRange(text: String) {
        let error = SampleOptions.error("--buyers", text)
        #expect(error == .outOfRange(name: "buyers", expectation: "a whole number from 1 to 1000000", text: text))
        #expect(error?.description == "--buyers takes a whole number from 1 to 1000000, not \"\(text)\"")
        #expect(error?.effect == .refused)
    }

    @Test(arguments: ["abc", "", "1.5", "1e3", "12 ", "٣", "-", "+"])
    func textThatIsNoNumberIsRefusedWithTheRange(text: String) {
        let error = SampleOptions.error("--buyers=\(text)")
        #expect(error == .malformed(name: "buyers", expectation: "a whole number from 1 to 1000000", text: text))
        #expect(error?.description == "--buyers takes a whole number from 1 to 1000000, not \"\(text)\"")
    }

    @Test func aMissingValueIsNoticedAtTheEndAndBeforeAnotherOption() {
        let expected = OptionError.missingValue(name: "buyers", expectation: "a whole number from 1 to 1000000")
        #expect(SampleOptions.error("--buyers") == expected)
        #expect(SampleOptions.error("--buyers", "--quiet") == expected)
        #expect(expected.description == "--buyers takes a whole number from 1 to 1000000, and nothing was given")
    }

    @Test func aMisspeltOptionIsAnsweredWithTheNearestName() {
        #expect(SampleOptions.error("--buyer", "3") == .unknown(name: "buyer", nearest: "buyers"))
        #expect(
            SampleOptions.error("--paymet-failures=3") == .unknown(name: "paymet-failures", nearest: "payment-failures")
        )
        #expect(SampleOptions.error("--hepl") == .unknown(name: "hepl", nearest: "help"))
        #expect(
            SampleOptions.error("--buyesr")?.description == "there is no option --buyesr; did you mean --buyers?"
        )
    }

    @Test func anOptionLikeNoOtherGetsNoSuggestion() {
        #expect(SampleOptions.error("--zzz") == .unknown(name: "zzz", nearest: nil))
        #expect(SampleOptions.error("--zzz")?.description == "there is no option --zzz; --help lists the options")
        #expect(SampleOptions.error("--" + String(repeating: "x", count: 100_000))?.description.count ?? .max < 120)
    }

    @Test func anOptionGivenTwiceIsRefused() {
        #expect(SampleOptions.error("--buyers", "1", "--buyers=2") == .repeated(name: "buyers"))
        #expect(SampleOptions.error("--quiet", "--quiet") == .repeated(name: "quiet"))
        #expect(OptionError.repeated(name: "quiet").description == "--quiet was given more than once")
    }

    @Test func aFlagTakesNoValue() {
        #expect(SampleOptions.error("--quiet=yes") == .unexpectedValue(name: "quiet", text: "yes"))
        #expect(SampleOptions.error("--quiet", "yes") == .unexpectedArgument("yes"))
        #expect(
            SampleOptions.error("--quiet=yes")?.description == "--quiet is a flag and takes no value, not \"yes\""
        )
    }

    @Test(arguments: ["buyers", "-b", "--", "-"])
    func aWordThatIsNoOptionIsRefused(word: String) {
        #expect(SampleOptions.error(word) == .unexpectedArgument(word))
    }

    @Test(arguments: ["100.01", "-1", "101"])
    func aPercentageOutsideItsRangeIsRefused(text: String) {
        #expect(
            SampleOptions.error("--payment-failures", text)?.description
                == "--payment-failures takes a percentage from 0 to 100 with at most two decimals, not \"\(text)\""
        )
    }

    @Test(arguments: ["0x", "0xG", "-1", "18446744073709551616", "0x10000000000000000", "seed"])
    func aSeedBeyondSixtyFourBitsOrWithOtherDigitsIsRefused(text: String) {
        #expect(SampleOptions.error("--seed", text) != nil)
    }

    @Test func theLargestSeedIsReadInBothForms() throws {
        #expect(try SampleOptions.parse("--seed", "18446744073709551615")?[SampleOptions.seed] == .max)
        #expect(try SampleOptions.parse("--seed", "0xffffffffffffffff")?[SampleOptions.seed] == .max)
    }

    @Test func aChoiceIsOneOfItsNames() {
        #expect(
            SampleOptions.error("--pace", "Fast")?.description == "--pace takes one of slow, steady, fast, not \"Fast\""
        )
    }

    @Test func aPathIsNotEmpty() {
        #expect(SampleOptions.error("--json=")?.description == "--json takes the path of a file, not \"\"")
    }

    @Test func aMessageStaysOnOneLineWhateverWasTyped() throws {
        let error = try #require(SampleOptions.error("--buyers", "1\n2\u{1B}[31m" + String(repeating: "9", count: 500)))
        #expect(!error.description.contains { $0.isNewline || $0 == "\u{1B}" })
        #expect(error.description.count < 140)
    }

    /// To replay a failure alone, keep its seed as the only argument.
    @Test(arguments: UInt64(1)...200)
    func anyWordsAreReadOrRefusedOnOneLine(seed: UInt64) {
        let pieces = [
            "--buyers", "--seed", "--payment-failures", "--quiet", "--json", "--", "=", "-", "0x", "%", ".", "9", "\n",
            "99999999999999999999", "\0", "½", "٣", "\u{301}", "\r\n", "", " ", "f",
        ]
        var state = seed
        func next(_ bound: Int) -> Int {
            // The generator of Knuth's MMIX; its upper bits are the good ones.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<50 {
            let words = (0..<next(5)).map { _ in (0...next(3)).map { _ in pieces[next(pieces.count)] }.joined() }
            do throws(OptionError) {
                guard case .run(let parsed) = try SampleOptions.command.parse(words) else { continue }
                #expect((1...1_000_000).contains(parsed[SampleOptions.buyers]), "seed \(seed): \(words)")
                #expect(parsed.listing.count == SampleOptions.command.options.count)
            } catch {
                #expect(!error.description.contains { $0.isNewline }, "seed \(seed): \(words)")
            }
        }
    }

    @Test func aCallerRefusesValuesThatDoNotGoTogether() {
        let error = OptionError.unmet(name: "skus", reason: "must not exceed --stock")
        #expect(error.description == "--skus must not exceed --stock")
    }

    @Test(arguments: [["--help"], ["-h"], ["--buyers", "abc", "--help"]])
    func helpWinsOverWhateverElseIsGiven(arguments: [String]) throws {
        guard case .help = try SampleOptions.command.parse(arguments) else {
            Issue.record("help was asked for")
            return
        }
    }

    @Test func theListingHasEveryOptionInItsOrderWithItsValue() throws {
        let parsed = try #require(try SampleOptions.parse("--payment-failures", "1.50", "--seed=0x10"))
        #expect(
            parsed.listing.map { "\($0.name) \($0.value)" } == [
                "--buyers 10000", "--payment-failures 1.5 %", "--seed 16", "--json -", "--pace steady", "--quiet no",
            ]
        )
    }

    @Test func theHelpTextIsAlignedAndWrapped() {
        let expected = """
            sample-sale: sells a limited stock to a crowd

            Usage: sample-sale [options]

            Options:
              --buyers N                  How many buyers come. A whole number from 1 to
                                          1000000; 10000 unless given.
              --payment-failures PERCENT  The share of payments that the gateway refuses. A
                                          percentage from 0 to 100 with at most two
                                          decimals; 3 unless given.
            """
        #expect(SampleOptions.command.helpText.hasPrefix(expected))
        for line in SampleOptions.command.helpText.split(separator: "\n") { #expect(line.count <= 80) }
        #expect(SampleOptions.command.helpText.hasSuffix("  --help                      Prints this text.\n"))
    }
}
