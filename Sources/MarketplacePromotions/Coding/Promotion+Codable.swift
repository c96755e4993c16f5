extension Promotion: Codable {
    private enum CodingKeys: String, CodingKey, CaseIterable {
        case id
        case name
        case active
        case period
        case codes
        case when
        case benefit
        case scope
        case consumes
        case stacking
        case limits
        case bearer
    }

    /// Decodes the form that ``encode(to:)`` writes; every key but `id` and `benefit` may be left out.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.fields(CodingKeys.self)
        let scope: PromotionScope = try fields.read(.scope, or: .everything)
        self.init(
            try fields.read(.id),
            try fields.read(.benefit),
            name: try fields.readIfThere(.name),
            isActive: try fields.read(.active, or: true),
            period: try fields.read(.period, or: .always),
            codes: try fields.readIfThere(.codes),
            when: try fields.read(.when, or: .always),
            lines: scope.lines,
            units: scope.units,
            consumes: try fields.read(.consumes, or: .discounted),
            stacking: try fields.read(.stacking, or: StackingRule()),
            limits: try fields.read(.limits, or: .none),
            bearer: try fields.read(.bearer, or: .platform)
        )
    }

    /// Encodes an object with `id`, `benefit`, and what is not as usual.
    ///
    /// ```json
    /// {
    ///   "id": "spring", "codes": ["SPRING20"], "when": {"total": {"atLeast": "30000 KRW"}},
    ///   "benefit": {"percentOff": {"percent": "20%", "cap": "5000 KRW"}}
    /// }
    /// ```
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.write(id, .id)
        try fields.writeIfThere(name, .name)
        try fields.write(isActive, .active, unless: true)
        try fields.write(period, .period, unless: .always)
        if case .code(let codes) = activation { try fields.write(codes, .codes) }
        try fields.write(condition, .when, unless: .always)
        try fields.write(benefit, .benefit)
        try fields.write(scope, .scope, unless: .everything)
        try fields.write(consumes, .consumes, unless: .discounted)
        try fields.write(stacking, .stacking, unless: StackingRule())
        try fields.write(limits, .limits, unless: .none)
        try fields.write(bearer, .bearer, unless: .platform)
    }
}
