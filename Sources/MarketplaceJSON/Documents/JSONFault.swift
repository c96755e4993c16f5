import MarketplaceCore

/// The first fault of a text, and the byte it begins at.
struct JSONFault: Error {
    let offset: Int
    let problem: JSONDocumentError.Problem

    init(_ offset: Int, _ problem: JSONDocumentError.Problem) {
        self.offset = offset
        self.problem = problem
    }
}

extension JSONDocumentError.Problem {
    /// Half of a surrogate pair without the other half, written as an escape.
    static func lone(_ unit: UInt16) -> Self {
        .syntax(expected: "both halves of a surrogate pair", found: "\\u\(String(unit, radix: 16)) alone")
    }
}
