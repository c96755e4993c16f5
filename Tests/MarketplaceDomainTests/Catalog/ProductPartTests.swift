import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct ProductPartTests {
    static let seller = CommandActor.seller(Example.seller)
    static let size = ProductOption("Size", values: ["S", "L"])

    /// A shirt in two colours and two sizes, with one variant.
    static func shirt() throws -> Product {
        var product = Product()
        try product.perform(ProductTests.create, by: seller)
        try product.perform(
            .edit(ProductEdit(options: [ProductOption("Colour", values: ["red", "blue"]), size])),
            by: seller
        )
        try product.perform(.addVariant(variant(1, "red", "S")), by: seller)
        return product
    }

    static func variant(_ id: UInt128, _ colour: String, _ size: String) -> ProductVariant {
        ProductVariant(
            id: VariantID(bits: id),
            sku: SKU(stringLiteral: "shirt-\(id)"),
            price: Example.won(10),
            choices: [VariantChoice("Size", size), VariantChoice("Colour", colour)]
        )
    }

    @Test func noTwoVariantsStandForTheSame() throws {
        var product = try Self.shirt()
        #expect(product.variants[0].choices.map(\.value) == ["red", "S"])
        let same = ProductRejection.duplicateCombination(usedBy: VariantID(bits: 1))
        #expect(product.refusal(of: .addVariant(Self.variant(2, "red", "S")), by: Self.seller) == same)
        // Not even when the options were put into another order in between.
        let colour = ProductOption("Colour", values: ["blue", "red", "green"])
        try product.perform(.edit(ProductEdit(options: [Self.size, colour])), by: Self.seller)
        #expect(product.variants[0].choices.map(\.value) == ["S", "red"])
        #expect(product.refusal(of: .addVariant(Self.variant(2, "red", "S")), by: Self.seller) == same)
        #expect(try product.perform(.addVariant(Self.variant(1, "red", "S")), by: Self.seller) == [])
        try product.perform(.addVariant(Self.variant(2, "red", "L")), by: Self.seller)
        try product.perform(.addVariant(Self.variant(3, "green", "S")), by: Self.seller)
        #expect(product.variants.count == 3)
    }

    @Test func withoutOptionsThereIsOneVariant() throws {
        var product = Product()
        try product.perform(ProductTests.create, by: Self.seller)
        let only = ProductVariant(id: VariantID(bits: 1), sku: "only", price: Example.won(1))
        try product.perform(.addVariant(only), by: Self.seller)
        let second = ProductVariant(id: VariantID(bits: 2), sku: "second", price: Example.won(1))
        #expect(product.refusal(of: .addVariant(second), by: Self.seller) == .duplicateCombination(usedBy: only.id))
        let options = ProductAction.edit(ProductEdit(options: [Self.size]))
        #expect(product.refusal(of: options, by: Self.seller) == .optionsInUse(by: only.id))
    }

    @Test func aVariantChoosesOneValueOfEachOption() throws {
        let product = try Self.shirt()
        func refusal(_ choices: [VariantChoice]) -> ProductRejection? {
            let variant = ProductVariant(id: VariantID(bits: 9), sku: "x", price: Example.won(1), choices: choices)
            return product.refusal(of: .addVariant(variant), by: Self.seller)
        }
        let (red, small) = (VariantChoice("Colour", "red"), VariantChoice("Size", "S"))
        #expect(refusal([]) == .missingChoice(option: "Colour"))
        #expect(refusal([red]) == .missingChoice(option: "Size"))
        #expect(refusal([red, VariantChoice("Size", "XXL")]) == .unknownChoice(VariantChoice("Size", "XXL")))
        let twice = VariantChoice("Size", "L")
        #expect(refusal([red, small, twice]) == .unknownChoice(twice))
        let strange = VariantChoice("Taste", "sweet")
        #expect(refusal([red, small, strange]) == .unknownChoice(strange))
    }

    @Test func whatAVariantStandsForStaysOnOffer() throws {
        var product = try Self.shirt()
        func refusal(_ options: [ProductOption]) -> ProductRejection? {
            product.refusal(of: .edit(ProductEdit(options: options)), by: Self.seller)
        }
        let inUse = ProductRejection.optionsInUse(by: VariantID(bits: 1))
        #expect(refusal([Self.size]) == inUse)
        #expect(refusal([ProductOption("Colour", values: ["blue"]), Self.size]) == inUse)
        let options = [ProductOption("Colour", values: ["red"]), Self.size]
        #expect(refusal(options + [ProductOption("Cut", values: ["slim"])]) == inUse)
        try product.perform(.edit(ProductEdit(options: options)), by: Self.seller)
        #expect(product.options == options)
        #expect(try product.perform(.edit(ProductEdit(options: options)), by: Self.seller) == [])
    }

    @Test func listsAndTextsAreBounded() throws {
        let product = try Self.shirt()
        func refusal(_ edit: ProductEdit) -> ProductRejection? { product.refusal(of: .edit(edit), by: Self.seller) }
        let names = (0...100).map { "n\($0)" }
        #expect(
            refusal(ProductEdit(options: names.prefix(4).map { ProductOption($0, values: ["a"]) }))
                == .tooMany(.options, count: 4, maximum: 3)
        )
        #expect(
            refusal(ProductEdit(options: [ProductOption("a", values: names)]))
                == .tooMany(.values, count: 101, maximum: 100)
        )
        #expect(refusal(ProductEdit(options: [ProductOption("a", values: [])])) == .emptyOption(name: "a"))
        #expect(
            refusal(ProductEdit(options: [ProductOption("a", values: ["b", "b"])])) == .repeated(.values, name: "b")
        )
        #expect(refusal(ProductEdit(options: [ProductOption(" ", values: ["b"])])) == .badText(.optionName, .blank))
        #expect(
            refusal(ProductEdit(attributes: [ProductAttribute("a\nb", .boolean(true))]))
                == .badText(.attributeName, .controlCharacter)
        )
        let long = String(repeating: "茶", count: 121)
        #expect(
            refusal(ProductEdit(attributes: [ProductAttribute("a", .text(long))]))
                == .badText(.attributeText, .tooLong(count: 121, maximum: 120))
        )
        let measure = ProductMeasure(1, scale: 10, unit: "kg")
        #expect(
            refusal(ProductEdit(attributes: [ProductAttribute("a", .number(measure))])) == .badScale(10, maximum: 9)
        )
        #expect(refusal(ProductEdit(attributes: [ProductAttribute("a", .number(ProductMeasure(.min)))])) == nil)
        let category = CategoryID(bits: 1)
        #expect(
            refusal(ProductEdit(categories: [category, category])) == .repeated(.categories, name: "\(category)")
        )
        let categories = (0...10).map { CategoryID(bits: UInt128($0)) }
        #expect(refusal(ProductEdit(categories: categories)) == .tooMany(.categories, count: 11, maximum: 10))
        let media = try (0...25).map { ProductMedia(try MediaPath("\($0).jpg")) }
        #expect(refusal(ProductEdit(media: media)) == .tooMany(.media, count: 26, maximum: 25))
        #expect(refusal(ProductEdit(media: Array(media.prefix(25)))) == nil)
        let sku = try SKU(String(repeating: "a", count: 201))
        #expect(
            product.refusal(of: .changeSKU(of: VariantID(bits: 1), to: sku), by: Self.seller)
                == .skuTooLong(byteCount: 201, maximum: 200)
        )
    }

    @Test func attributesOfEveryTypeAreReadAsTheyWereWritten() throws {
        let attributes = [
            ProductAttribute("a", .text("t")), ProductAttribute("b", .choice("c")),
            ProductAttribute("c", .boolean(false)),
            ProductAttribute("d", .number(ProductMeasure(-5, scale: 2, unit: "°C"))),
        ]
        var product = try Self.shirt()
        let events = try product.perform(.edit(ProductEdit(attributes: attributes)), by: Self.seller)
        #expect(try events.map { try roundTripped($0) } == events)
        #expect(product.attributes == attributes)
    }

    @Test(
        arguments: [
            (1_250, 3, "kg", "1.250 kg"), (-5, 2, "°C", "-0.05 °C"), (7, 0, "", "7"), (0, 1, "", "0.0"),
            (.min, 9, "", "-9223372036.854775808"), (1, .max, "kg", "1·10^-(9223372036854775807) kg"),
        ] as [(Int64, Int, String, String)]
    )
    func aMeasureIsPrintedExactly(_ value: Int64, _ scale: Int, _ unit: String, _ text: String) {
        #expect(ProductMeasure(value, scale: scale, unit: unit).description == text)
    }

    @Test func everyFieldOfTheEventsSaysItsShape() throws {
        let types =
            ProductEvent.cases.map(\.payloadType) + CategoryEvent.cases.map(\.payloadType)
            + ReviewEvent.cases.map(\.payloadType)
        for type in types { #expect(!(try EventSchema(of: type).record.fields.isEmpty)) }
        let fields = try EventSchema(of: ProductUpdated.self).record.fields.map(\.name)
        #expect(fields.contains("attributes") && fields.contains("media"))
    }
}
