import Testing

@testable import ExampleSupport

struct FormatTests { @Test func x() { #expect(Format.count(1234) == "1,234") } }
