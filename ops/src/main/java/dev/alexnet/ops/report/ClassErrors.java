package dev.alexnet.ops.report;

/**
 * The errors of one class.
 *
 * @param label the class
 * @param images how many were scored
 * @param top1Error 0 to 1
 * @param top5Error 0 to 1
 * @param takenFor the other class that was predicted most often; −1 if there is none
 * @param takenForImages how often
 */
record ClassErrors(
    int label,
    long images,
    double top1Error,
    double top5Error,
    int takenFor,
    long takenForImages) {}
