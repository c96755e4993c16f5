import ExampleSupport
import Testing

struct HTMLReportTests {
    private var report: HTMLReport {
        var table = Table("Payments", [.text("outcome"), .number("count")])
        table.add("captured <b>", "9,700")
        let bars = BarChart("Outcomes", counting: "buyers", [.init("sold", 1)])
        return HTMLReport(
            title: "Flash sale & more",
            introduction: "10,000 buyers < 20 SKUs.",
            tiles: [.init("sold", "9,700", note: "of 10,000"), .init("rate", "12,345 /s")],
            sections: [
                .table(table),
                .figure(title: "Outcomes", svg: bars.svg, caption: "What became of \"all\" buyers."),
                .checks(
                    title: "Checks",
                    [NamedCheck("held", passed: true), NamedCheck("broken", passed: false, finding: "1 ≠ 2")]
                ),
                .text(title: "Note", "It's done."),
            ],
            options: [("--buyers", "10000"), ("--json", "<x>")]
        )
    }

    @Test func thePageIsWellFormedAndAlwaysTheSame() throws {
        let html = report.html
        let body = try #require(html.firstRange(of: "<body>"))
        let end = try #require(html.firstRange(of: "</body>"))
        #expect(MarkupChecker.fault(in: String(html[body.lowerBound..<end.upperBound])) == nil)
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        #expect(html == report.html)
    }

    @Test func thePageRefersToNothingOutsideIt() {
        let html = report.html
        for reference in ["src=", "href", "url(", "@import", "<script", "<link", "<iframe"] {
            #expect(!html.contains(reference), "\(reference)")
        }
        // The one address in the file is the name of a namespace.
        #expect(html.split(separator: "http://").count == 2)
        #expect(!html.contains("https://"))
        #expect(html.contains("default-src 'none'"))
    }

    @Test func everythingGivenIsOnThePageAndEscaped() {
        let html = report.html
        for text in [
            "<title>Flash sale &amp; more</title>", "10,000 buyers &lt; 20 SKUs.", "<dd>9,700</dd>", "of 10,000",
            "captured &lt;b&gt;", "What became of &quot;all&quot; buyers.", "1 of 2 checks are broken.", "1 ≠ 2",
            "It&#39;s done.", "<th scope=\"row\">--buyers</th><td>10000</td>", "&lt;x&gt;",
        ] {
            #expect(html.contains(text), "\(text)")
        }
    }

    @Test func tablesAndFiguresCarryTheirNamesForEveryReader() {
        let html = report.html
        #expect(html.contains("<th scope=\"col\">outcome</th><th scope=\"col\" class=\"number\">count</th>"))
        #expect(html.contains("role=\"img\" aria-label=\"Outcomes\""))
        #expect(html.contains("<figcaption>"))
        #expect(html.contains("ok</td>"))
        #expect(html.contains("BROKEN</td>"))
    }

    @Test func anEmptyReportIsStillAPage() {
        let html = HTMLReport(title: "t", introduction: "", tiles: [], sections: [], options: []).html
        #expect(html.contains("<h1>t</h1>"))
        #expect(!html.contains("<table"))
    }
}
