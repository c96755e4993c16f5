import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct PlantedBusBugTests {
    @Test(arguments: PlantedBusBugs.all)
    func theLawCatchesThePlantedBug(_ bug: PlantedBug<MessageBusSite>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: PlantedBusBugs.deadLetters)
    func theLawOfDeadLettersCatchesThePlantedBug(_ bug: PlantedBug<DeadLetterBusSite>) async {
        await bug.expectIsCaught()
    }

    @Test(arguments: MessageBusLaws.all)
    func theBusTheBugsArePlantedInKeepsEveryLaw(_ law: MessageBusLaw) async throws {
        try await law.check { PlantedBusBugs.busSite(patience: MessageBusSite.defaultPatience) }
    }

    @Test(arguments: DeadLetterBusLaws.all)
    func theBusTheBugsArePlantedInKeepsEveryLawOfDeadLetters(_ law: DeadLetterBusLaw) async throws {
        try await law.check { PlantedBusBugs.site(patience: MessageBusSite.defaultPatience) }
    }

    @Test func everyLawHasAPlantedBug() {
        #expect(Set(PlantedBusBugs.all.map(\.law.name)) == Set(MessageBusLaws.all.names))
        #expect(Set(PlantedBusBugs.deadLetters.map(\.law.name)) == Set(DeadLetterBusLaws.all.names))
    }
}
