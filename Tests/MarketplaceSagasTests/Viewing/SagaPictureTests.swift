import MarketplaceCore
import MarketplaceInMemory
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct SagaPictureTests {
    @Test func theMermaidTextOfADefinitionShowsEveryKindOfStepAndTheWayBack() {
        #expect(
            cruiseDefinition(TripWorld()).mermaid == """
                flowchart TD
                    begin([start])
                    subgraph group0["at the same time"]
                        direction LR
                        s0["cabin<br/>can be undone"]
                        s1["dinner<br/>can be undone"]
                    end
                    s2["port #lt;A#gt; #amp; #quot;B#quot;<br/>can be undone"]
                    s3[/"cool down<br/>pause"/]
                    s4>"consent<br/>waits for a signal"]
                    s5{{"pay<br/>point of no return"}}:::pivot
                    s6("mail<br/>retried until done")
                    complete([completed])
                    aborted([undone])
                    begin --> s0 & s1
                    s0 & s1 --> s2
                    s2 --> s3
                    s3 --> s4
                    s4 --> s5
                    s5 --> s6
                    s6 --> complete
                    s5 -. not done .-> s2
                    s2 -. undo .-> s0 & s1
                    s0 & s1 -. undo .-> aborted
                    classDef pivot stroke-width:4px

                """
        )
    }

    @Test func theMermaidTextOfARunShowsHowEachStepStands() async throws {
        let fixture = CruiseFixture()
        fixture.world.script("port", Refused("closed"))
        let text = try await fixture.run().mermaid
        #expect(text.contains("    s0[\"cabin<br/>undone +0.000 s\"]:::undone\n"))
        #expect(text.contains("s2[\"port #lt;A#gt; #amp; #quot;B#quot;<br/>not done +0.000 s\"]:::notDone\n"))
        #expect(text.contains("    s5{{\"pay<br/>not reached\"}}:::notReached\n"))
        #expect(text.contains("    aborted([undone]):::undone\n"))
        #expect(text.contains("    complete([completed])\n"))
        for state in SagaStepState.allCases { #expect(text.contains("classDef \(Self.className(state)) ")) }
    }

    @Test func thePictureOfARunTellsTheSameToThoseWhoDoNotSeeIt() async throws {
        let fixture = CruiseFixture()
        fixture.world.script("port", Refused("closed"))
        let timeline = try await fixture.run()
        let svg = timeline.svg
        #expect(svg.contains(">cruise 3, c-1: aborted</title>"))
        #expect(svg.contains("cabin: undone; dinner: undone; port &lt;A&gt; &amp; &quot;B&quot;: not done; "))
        #expect(svg.contains("role=\"img\""))
        #expect(svg.contains("prefers-color-scheme:dark"))
        #expect(!svg.contains("href") && !svg.contains("url("))
        #expect(svg.contains(">undone</text>"))
    }

    @Test func thePictureIsTheSameEveryTimeAndWellFormed() async throws {
        for scripts in [[], ["port"], ["pay"], ["dinner"]] {
            var pictures: Set<String> = []
            for _ in 1...2 {
                let fixture = CruiseFixture()
                for name in scripts { fixture.world.script(name, Refused("<no> & \"never\" \u{1}")) }
                let svg = try await fixture.run().svg
                #expect(Self.isWellFormed(svg))
                pictures.insert(svg)
            }
            #expect(pictures.count == 1)
        }
    }

    @Test func namesThatDoNotFitAreCutAndKeptInTheTip() async throws {
        let name = String(repeating: "예약<&>", count: 12)
        let definition = SagaDefinition("long", version: 1, state: CruiseState.self) {
            Retriable(name) { _, _ in }
        }
        let fixture = TripFixture()
        let coordinator = TripFixture.coordinator(over: fixture.store, fixture.clock, [SagaRegistration(definition)])
        let key = try SagaKey(String(repeating: "k", count: 400))
        let handle = try await coordinator.start(definition, CruiseState(), key: key)
        _ = try await handle.outcome()
        let svg = try await coordinator.timeline(of: "long", key: key).svg
        let escaped = String(repeating: "예약&lt;&amp;&gt;", count: 12)
        #expect(svg.contains("<title>\(escaped): done"))
        #expect(!svg.contains("\(escaped)</text>"))
        #expect(svg.contains("…</text>"))
        #expect(Self.isWellFormed(svg))
    }

    @Test func onlyARunThatWentBackShowsAWayBack() async throws {
        #expect(!(try await CruiseFixture().run().svg.contains("class=\"back\"")))
        let fixture = CruiseFixture()
        fixture.world.script("pay", Refused("no"))
        let svg = try await fixture.run().svg
        // From the pivot to the port, from there to the group, from there to the end.
        #expect(svg.split(separator: "class=\"back\"").count == 4)
    }

    private static func className(_ state: SagaStepState) -> String {
        let words = state.rawValue.split(separator: " ")
        return words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// Whether every element that is opened is closed, in order, and no bare special character stands in a text.
    private static func isWellFormed(_ text: String) -> Bool {
        var open: [Substring] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: "<") {
            guard isEscaped(rest[..<start]), let end = rest[start...].firstIndex(of: ">") else { return false }
            let tag = rest[rest.index(after: start)..<end]
            let name = tag.drop { $0 == "/" }.prefix { $0 != " " && $0 != "/" }
            if tag.hasPrefix("/") {
                guard open.popLast() == name else { return false }
            } else if !tag.hasSuffix("/") {
                open.append(name)
            }
            rest = rest[rest.index(after: end)...]
        }
        return open.isEmpty && isEscaped(rest)
    }

    private static func isEscaped(_ text: Substring) -> Bool {
        let entities = ["amp;", "lt;", "gt;", "quot;", "#39;"]
        return !text.contains(">") && !text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }
            && text.split(separator: "&", omittingEmptySubsequences: false).dropFirst().allSatisfy { part in
                entities.contains { part.hasPrefix($0) }
            }
    }
}
