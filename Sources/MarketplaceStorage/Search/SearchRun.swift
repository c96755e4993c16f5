import MarketplaceCore

/// The letters, marks and digits since the last separator, folded.
struct SearchRun {
    private var scalars: [Unicode.Scalar] = []
    /// Whether only ASCII was met, which nearly every run is: it needs no second look.
    private var isPlain = true

    /// Takes a scalar in; false when it separates.
    mutating func append(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x61...0x7A, 0x30...0x39: scalars.append(scalar)
        case 0x41...0x5A: scalars.append(Unicode.Scalar(UInt8(scalar.value + 32)))
        case ..<0x80: return false
        default:
            isPlain = false
            return appendOther(scalar)
        }
        return true
    }

    private mutating func appendOther(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Combining diacritical marks go; a soft hyphen and joiners are no part of a word, and end none.
        case 0x300...0x36F, 0xAD, 0x200C, 0x200D: return true
        // The wide forms of ASCII, as they are typed in East Asia.
        case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0).map { append($0) } ?? false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            break
        default: return false
        }
        for lower in scalar.properties.lowercaseMapping.unicodeScalars { appendFolded(lower) }
        return true
    }

    private mutating func appendFolded(_ scalar: Unicode.Scalar) {
        // What a lower case brings along: the dot of a Turkish "İ".
        if (0x300...0x36F).contains(scalar.value) { return }
        let base = FoldedLetters.base[scalar.value].flatMap { Unicode.Scalar($0) } ?? scalar
        if let expansion = FoldedLetters.expansions[base] {
            scalars += expansion
        } else if let last = scalars.last, let composed = EastAsianScript.composed(last, base) {
            scalars[scalars.count - 1] = composed
        } else {
            scalars.append(base)
        }
    }

    /// Gives out the words, and begins anew.
    mutating func flush(withSingles: Bool, _ body: (SearchWord) -> Void) {
        defer {
            scalars.removeAll(keepingCapacity: true)
            isPlain = true
        }
        guard !isPlain else { return emit(scalars[...], body) }
        var start = 0
        while start < scalars.count {
            let isEastAsian = EastAsianScript.contains(scalars[start])
            var end = start + 1
            while end < scalars.count, EastAsianScript.contains(scalars[end]) == isEastAsian { end += 1 }
            let part = scalars[start..<end]
            if isEastAsian {
                if withSingles || part.count == 1 { for index in part.indices { emit(part[index...index], body) } }
                for index in part.indices.dropLast() { emit(part[index...(index + 1)], body) }
            } else {
                emit(part, body)
            }
            start = end
        }
    }

    private func emit(_ part: ArraySlice<Unicode.Scalar>, _ body: (SearchWord) -> Void) {
        guard !part.isEmpty else { return }
        var text = String.UnicodeScalarView()
        var length = 0
        for scalar in part {
            length += UTF8.width(scalar)
            guard length <= SearchLimits.wordBytes else { break }
            text.append(scalar)
        }
        var word = String(text)
        word.makeContiguousUTF8()
        body(SearchWord(unchecked: word))
    }
}
