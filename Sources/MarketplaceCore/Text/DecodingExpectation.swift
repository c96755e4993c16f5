/// What a value should have been, inside a decoding error: who knows the document adds what stands there instead.
package struct DecodingExpectation: Error {
    /// What was expected, as it follows the word "expected".
    package let words: String

    /// Makes an expectation.
    package init(words: String) {
        self.words = words
    }
}

extension Decoder {
    /// The error of a value of the wrong kind.
    package func mismatch(expected words: String) -> DecodingError {
        .dataCorrupted(
            DecodingError.Context(
                codingPath: codingPath,
                debugDescription: "expected \(words)",
                underlyingError: DecodingExpectation(words: words)
            )
        )
    }
}
