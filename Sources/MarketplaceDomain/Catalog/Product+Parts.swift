import MarketplaceCore

/// What the parts of a product must be like.
extension Product {
    static func check(title: String, description: String) throws(ProductRejection) {
        let titleLength = title.unicodeScalars.count
        guard titleLength <= maximumTitleLength else {
            throw .titleTooLong(count: titleLength, maximum: maximumTitleLength)
        }
        guard title.contains(where: { !$0.isWhitespace }) else { throw .blankTitle }
        let length = description.unicodeScalars.count
        guard length <= maximumDescriptionLength else {
            throw .descriptionTooLong(count: length, maximum: maximumDescriptionLength)
        }
    }

    static func check(_ options: [ProductOption]) throws(ProductRejection) {
        try check(options, .options, by: \.name)
        for option in options {
            try check(option.name, .optionName)
            guard !option.values.isEmpty else { throw .emptyOption(name: option.name) }
            try check(option.values, .values, by: \.self)
            for value in option.values { try check(value, .optionValue) }
        }
    }

    static func check(_ categories: [CategoryID]) throws(ProductRejection) {
        try check(categories, .categories, by: \.description)
    }

    static func check(_ attributes: [ProductAttribute]) throws(ProductRejection) {
        try check(attributes, .attributes, by: \.name)
        for attribute in attributes {
            try check(attribute.name, .attributeName)
            switch attribute.value {
            case .text(let text), .choice(let text): try check(text, .attributeText)
            case .boolean: break
            case .number(let measure):
                let maximum = ProductMeasure.maximumScale
                guard (0...maximum).contains(measure.scale) else { throw .badScale(measure.scale, maximum: maximum) }
                try check(measure.unit, .unit)
            }
        }
    }

    static func check(_ media: [ProductMedia]) throws(ProductRejection) {
        try check(media, .media, by: \.path.text)
        for item in media { try check(item.alternativeText, .alternativeText) }
    }

    /// Tiers of a variant that is priced in `currency`.
    static func check(_ tiers: [PriceTier], in currency: Currency) throws(ProductRejection) {
        try check(tiers, .tiers) { tier in
            let period = [tier.validFrom, tier.validUntil].map { $0.map { " \($0)" } ?? "" }
            return "\(tier.group?.text ?? "") from \(tier.minimumQuantity)\(period[0])"
                + (period[1].isEmpty ? "" : " until\(period[1])")
        }
        for tier in tiers {
            if let start = tier.validFrom, let end = tier.validUntil, end <= start {
                throw .emptyPeriod(from: start, until: end)
            }
            let count = tier.group?.text.utf8.count ?? 0
            guard count <= maximumGroupLength else {
                throw .groupTooLong(byteCount: count, maximum: maximumGroupLength)
            }
            guard !tier.price.isNegative else { throw .negativePrice(tier.price) }
            guard tier.price.currency == currency else {
                throw .currencyMismatch(expected: currency, found: tier.price.currency)
            }
        }
    }

    static func check(_ sku: SKU) throws(ProductRejection) {
        let count = sku.text.utf8.count
        guard count <= maximumSKULength else { throw .skuTooLong(byteCount: count, maximum: maximumSKULength) }
    }

    /// The choices in the order of the options, when they choose a value of each and nothing else.
    static func ordered(
        _ choices: [VariantChoice],
        of options: [ProductOption]
    ) throws(ProductRejection) -> [VariantChoice] {
        var open = choices
        var ordered: [VariantChoice] = []
        for option in options {
            guard let index = open.firstIndex(where: { $0.option == option.name }) else {
                throw .missingChoice(option: option.name)
            }
            guard option.values.contains(open[index].value) else { throw .unknownChoice(open[index]) }
            ordered.append(open.remove(at: index))
        }
        if let left = open.first { throw .unknownChoice(left) }
        return ordered
    }

    private static func check(_ text: String, _ part: CatalogTextPart) throws(ProductRejection) {
        if let problem = part.problem(of: text) { throw .badText(part, problem) }
    }

    private static func check<Entry>(
        _ entries: [Entry],
        _ part: ProductPart,
        by name: (Entry) -> String
    ) throws(ProductRejection) {
        guard entries.count <= part.maximumCount else {
            throw .tooMany(part, count: entries.count, maximum: part.maximumCount)
        }
        var seen: Set<String> = []
        for entry in entries where !seen.insert(name(entry)).inserted { throw .repeated(part, name: name(entry)) }
    }
}
