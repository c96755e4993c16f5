import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct AttributeDefinitionTests {
    private static let staff = CategoryTreeTests.staff
    private static let material = AttributeDefinition.choice("Material", of: ["cotton", "wool"], isRequired: true)
    private static let weight = AttributeDefinition.number("Weight", unit: "kg")

    private static func id(_ number: Int) -> CategoryID { CategoryTreeTests.id(number) }

    @Test func whatIsDefinedAboveHoldsBelowUntilItIsDefinedNearer() throws {
        // 1 has 2 and 3 below it, 2 has 4, 4 has 5.
        var tree = try CategoryTreeTests.tree()
        let other = AttributeDefinition.choice("Material", of: ["steel"])
        for (definition, category) in [(Self.material, 1), (Self.weight, 2), (other, 4)] {
            try tree.perform(.defineAttribute(definition, of: Self.id(category)), by: Self.staff)
        }
        #expect(tree.attributes(of: Self.id(3)) == [Self.material])
        #expect(tree.attributes(of: Self.id(2)) == [Self.weight, Self.material])
        #expect(tree.attributes(of: Self.id(5)) == [other, Self.weight])
        try tree.perform(.removeAttribute("Material", of: Self.id(4)), by: Self.staff)
        #expect(tree.attributes(of: Self.id(5)) == [Self.weight, Self.material])
        // A category that is moved inherits from where it stands.
        try tree.perform(.move(Self.id(4), under: Self.id(3)), by: Self.staff)
        #expect(tree.attributes(of: Self.id(5)) == [Self.material])
        #expect(tree.attributes(of: Self.id(9)) == [])
    }

    @Test func aRepeatedDefinitionChangesNothingAndANewOneTakesItsPlace() throws {
        var tree = try CategoryTreeTests.tree()
        let define = CategoryAction.defineAttribute(Self.material, of: Self.id(1))
        let events = try tree.perform(define, by: Self.staff)
        #expect(try events.map { try #require(try roundTripped($0)) } == events && events.count == 1)
        #expect(try tree.perform(define, by: Self.staff) == [])
        try tree.perform(.defineAttribute(Self.weight, of: Self.id(1)), by: Self.staff)
        let other = AttributeDefinition.text("Material")
        try tree.perform(.defineAttribute(other, of: Self.id(1)), by: Self.staff)
        #expect(tree.category(Self.id(1))?.attributes == [other, Self.weight])
        let removed = try tree.perform(.removeAttribute("Weight", of: Self.id(1)), by: Self.staff)
        #expect(try removed.map { try #require(try roundTripped($0)) } == removed && removed.count == 1)
        #expect(try tree.perform(.removeAttribute("Weight", of: Self.id(1)), by: Self.staff) == [])
    }

    @Test func aDefinitionThatMakesNoSenseIsRefused() throws {
        let tree = try CategoryTreeTests.tree()
        let long = String(repeating: "x", count: 65)
        let many = (0...AttributeDefinition.maximumValues).map { "value \($0)" }
        let cases: [(AttributeDefinition, AttributeDefinitionProblem)] = [
            (.text(" "), .name(.blank)), (.text(long), .name(.tooLong(count: 65, maximum: 64))),
            (.number("Weight", unit: "\n"), .unit(.controlCharacter)),
            (.choice("Size", of: []), .values(count: 0, maximum: 200)),
            (.choice("Size", of: many), .values(count: 201, maximum: 200)),
            (.choice("Size", of: ["S", " "]), .value(.blank)), (.choice("Size", of: ["S", "S"]), .repeatedValue("S")),
        ]
        for (definition, problem) in cases {
            #expect(
                tree.refusal(of: .defineAttribute(definition, of: Self.id(1)), by: Self.staff)
                    == .badAttribute(name: definition.name, problem)
            )
        }
        let unknown = CategoryAction.defineAttribute(Self.weight, of: Self.id(9))
        #expect(tree.refusal(of: unknown, by: Self.staff) == .unknownCategory(Self.id(9)))
    }

    @Test func aCategoryDefinesFiftyAttributesAndWhatIsOutOfUseNone() throws {
        var tree = try CategoryTreeTests.tree()
        for number in 1...AttributeDefinition.maximumPerCategory {
            try tree.perform(.defineAttribute(.text("Attribute \(number)"), of: Self.id(5)), by: Self.staff)
        }
        let one = CategoryAction.defineAttribute(Self.weight, of: Self.id(5))
        #expect(tree.refusal(of: one, by: Self.staff) == .tooManyAttributes(maximum: 50))
        #expect(
            tree.refusal(of: .defineAttribute(.boolean("Attribute 1"), of: Self.id(5)), by: Self.staff) == nil
        )
        try tree.perform(.archive(Self.id(5)), by: Self.staff)
        guard case .move = tree.refusal(of: one, by: Self.staff) else {
            Issue.record("it was defined on what is out of use")
            return
        }
    }

    @Test func theDefinitionsOfACategoryFitIntoOneDocument() throws {
        var tree = try CategoryTreeTests.tree()
        let values = (0..<200).map { "\($0)" + String(repeating: "x", count: 116) }
        var refusal: CategoryRejection?
        for number in 1...AttributeDefinition.maximumPerCategory where refusal == nil {
            let define = CategoryAction.defineAttribute(.choice("Choice \(number)", of: values), of: Self.id(1))
            refusal = tree.refusal(of: define, by: Self.staff)
            if refusal == nil { try tree.perform(define, by: Self.staff) }
        }
        guard case .attributesTooLong(let count, let maximum)? = refusal else {
            Issue.record("not refused: \(String(describing: refusal))")
            return
        }
        #expect(count > maximum && maximum == AttributeDefinition.maximumTextPerCategory)
    }

    @Test func allThatIsWrongIsToldAtOnce() {
        let definitions: [AttributeDefinition] = [
            Self.material, Self.weight, .boolean("New", isRequired: true), .text("Care"), .choice("Fit", of: ["slim"]),
        ]
        let attributes = [
            ProductAttribute("Weight", .number(ProductMeasure(1, unit: "g"))), ProductAttribute("Care", .boolean(true)),
            ProductAttribute("Fit", .choice("loose")), ProductAttribute("Colour", .text("red")),
        ]
        #expect(
            definitions.violations(by: attributes) == [
                .missing(name: "Material"), .wrongUnit(name: "Weight", expected: "kg", found: "g"),
                .missing(name: "New"), .wrongType(name: "Care", expected: .text, found: .boolean),
                .notAllowed(name: "Fit", value: "loose"),
            ]
        )
        let good = [
            ProductAttribute("Material", .choice("wool")), ProductAttribute("New", .boolean(false)),
            ProductAttribute("Weight", .number(ProductMeasure(1_500, scale: 3, unit: "kg"))),
        ]
        #expect(definitions.violations(by: good) == [])
        #expect(
            definitions.violations(by: [ProductAttribute("Material", .text("wool"))]).first
                == .wrongType(name: "Material", expected: .choice, found: .text)
        )
    }
}
