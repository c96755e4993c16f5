import MarketplaceCore

/// What the pictures of a saga are drawn from: its steps, stage by stage, and how they stand if it is a run.
struct SagaDiagram: Sendable {
    /// One step.
    struct Node: Sendable, Hashable {
        let index: Int
        let name: String
        let kind: SagaStepKind
        let form: SagaStepForm
        /// How it stands; nil in the picture of a definition.
        var state: SagaStepState?
        /// What is written below the name.
        var caption: String

        /// Whether it leaves something behind that has to be undone when the saga turns around.
        var hasUndo: Bool { kind == .compensatable && (form == .action || form == .child) }
    }

    /// What a saga can end as.
    enum End: String, Sendable, Hashable {
        case completed
        case aborted = "undone"
    }

    /// The steps that run at the same time, stage after stage.
    let stages: [[Node]]
    /// How the run has ended; nil for a run that has not, and for a definition.
    var end: End?
    /// The stages with something to undo, in the order of the definition.
    let undoStages: [Int]
    /// The stage of the pivot.
    let pivotStage: Int?

    private init(_ nodes: [(node: Node, stage: Int)], end: End? = nil) {
        var stages: [[Node]] = []
        var last: Int?
        for (node, stage) in nodes {
            if stage == last { stages[stages.count - 1].append(node) } else { stages.append([node]) }
            last = stage
        }
        self.stages = stages
        self.end = end
        undoStages = stages.indices.filter { stages[$0].contains(where: \.hasUndo) }
        pivotStage = stages.firstIndex { $0[0].kind == .pivot }
    }

    /// The picture of a definition.
    init(_ shape: SagaShape) {
        self.init(
            shape.steps.enumerated().map { index, step in
                let kind = step.kind.viewed
                let form = step.form.viewed
                let caption = Self.caption(kind, form)
                return (Node(index: index, name: step.name, kind: kind, form: form, caption: caption), step.stage)
            }
        )
    }

    /// The picture of a run.
    init(_ timeline: SagaTimeline) {
        let start = timeline.startedAt
        let nodes = timeline.steps.enumerated().map { index, step in
            let when = step.changedAt.map { " " + SagaTimeline.offset(start.duration(to: $0)) } ?? ""
            let caption = step.state.rawValue + when
            let node = Node(
                index: index,
                name: step.name,
                kind: step.kind,
                form: step.form,
                state: step.state,
                caption: caption
            )
            return (node, step.stage)
        }
        let end: End? =
            switch timeline.status {
            case .completed: .completed
            case .aborted: .aborted
            case .running, .waiting, .stuck: nil
            }
        self.init(nodes, end: end)
    }

    private static func caption(_ kind: SagaStepKind, _ form: SagaStepForm) -> String {
        switch (form, kind) {
        case (.pause, _): "pause"
        case (.signal, _): "waits for a signal"
        case (_, .compensatable): "can be undone"
        case (_, .pivot): "point of no return"
        case (_, .retriable): "retried until done"
        }
    }
}
