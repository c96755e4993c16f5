import ExampleSupport
import MarketplaceCore
import MarketplaceJSON
import MarketplacePromotions

/// Why nothing is priced: one line, and the exit code.
package struct PriceCartFailure: Error, Hashable {
    /// The codes of BSD's `sysexits.h`.
    package enum Code: Int32, Sendable {
        /// The document is none, or what it holds cannot be priced: `EX_DATAERR`.
        case data = 65
        /// A file cannot be read: `EX_NOINPUT`.
        case input = 66
    }

    /// The exit code.
    package let code: Code
    /// The line, which begins with the name of the file.
    package let line: String

    init(_ code: Code, file: String, _ words: String) {
        self.code = code
        let name = file == InputFile.standardInput ? "standard input" : file.inOneLine
        line = "\(name): \(words)"
    }

    /// A file that cannot be read.
    init(_ error: FileError) {
        self.init(.input, file: error.path, "\(error.code): \(error.reason)")
    }

    /// A cart that cannot be priced, with the place in its document.
    init(_ error: PricingError, of document: CartDocument, file: String) {
        let path =
            switch error {
            case .overflow, .invalidBasket: "$.cart"
            case .invalidPromotion(let id, _): "$.promotions\(Self.place(of: id, in: document, isLast: false))"
            case .doublePromotion(let id): "$.promotions\(Self.place(of: id, in: document, isLast: true))"
            case .tooManyPromotions: "$.promotions"
            case .tooManyCodes: "$.codes"
            }
        self.init(.data, file: file, "\(path): \(error.description.inOneLine)")
    }

    private static func place(of id: PromotionID, in document: CartDocument, isLast: Bool) -> String {
        let promotions = document.terms.promotions
        let index = isLast ? promotions.lastIndex { $0.id == id } : promotions.firstIndex { $0.id == id }
        return index.map { "[\($0)]" } ?? ""
    }
}
