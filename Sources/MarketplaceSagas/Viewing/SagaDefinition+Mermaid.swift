extension SagaDefinition {
    /// The saga as the text of a Mermaid flowchart, with a line feed after each line.
    ///
    /// Steps stand under each other, those of a parallel group side by side. Dotted arrows lead back through what is
    /// undone when a step before the point of no return is not done. The text depends on the definition alone.
    public var mermaid: String { SagaDiagram(shape).mermaid }
}
