import Testing

/// The checker that the other tests rely on must itself be able to fail.
struct MarkupCheckerTests {
    @Test(arguments: ["<a><b/></a>", "<a x=\"1\" y=\"&lt;\">t &amp; u</a>"])
    func wellFormedTextPasses(text: String) {
        #expect(MarkupChecker.fault(in: text) == nil)
    }

    @Test(arguments: [
        "<a>", "</a>", "<a></b>", "<a><b></a></b>", "<a x=1></a>", "<a>&</a>", "<a x=\"&\"/>", "<a", "<a>\u{1}</a>",
        "<a x=\"1\"y=\"2\"/>",
    ])
    func malformedTextIsFound(text: String) {
        #expect(MarkupChecker.fault(in: text) != nil)
    }
}
