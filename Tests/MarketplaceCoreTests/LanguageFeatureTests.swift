import Testing

/// Every target is built with the same list of upcoming features; a misspelt name there would be ignored in silence.
struct LanguageFeatureTests {
    @Test func everyUpcomingFeatureOfTheManifestIsOn() {
        var on: [String] = []
        #if hasFeature(ExistentialAny)
        on.append("ExistentialAny")
        #endif
        #if hasFeature(MemberImportVisibility)
        on.append("MemberImportVisibility")
        #endif
        #if hasFeature(InternalImportsByDefault)
        on.append("InternalImportsByDefault")
        #endif
        #if hasFeature(NonisolatedNonsendingByDefault)
        on.append("NonisolatedNonsendingByDefault")
        #endif
        #if hasFeature(InferIsolatedConformances)
        on.append("InferIsolatedConformances")
        #endif
        #expect(
            on == [
                "ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault",
                "NonisolatedNonsendingByDefault", "InferIsolatedConformances",
            ]
        )
    }

    @MainActor
    @Test func anAsynchronousFunctionStaysOnItsCallersActor() async {
        #expect(await isolationOfCaller() != nil)
    }

    /// The actor a plain asynchronous function runs on: its caller's, and none without the language feature.
    private nonisolated func isolationOfCaller() async -> (any Actor)? {
        #isolation
    }
}
