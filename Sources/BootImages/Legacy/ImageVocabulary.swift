/// Which names of image kinds a U-Boot knows; numbers and names beyond are unknown to it.
public enum ImageVocabulary: Sendable {
    /// Those of 2023.01.
    case v2023
    /// Those of 2025.01, which adds ELF programs, trees in legacy images and two first stages.
    case v2025
}
