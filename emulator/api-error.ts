/** An error reply of the emulated service. Thrown by any step of the pipeline, turned into a body by reply.ts. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** api-facts.md §2.5: InvalidArgument, 400, with this very message for a parameter that is absent. */
export function missingArgument(parameter: string): ApiError {
  return new ApiError(400, 'InvalidArgument', `The parameter ${parameter} is required but not provided.`);
}

/** api-facts.md §2.5: InvalidArgument, 400, free text. */
export function invalidArgument(message: string): ApiError {
  return new ApiError(400, 'InvalidArgument', message);
}

/** api-facts.md §2.5: Missing{ParameterName}, 400. */
export function missingParameter(parameter: string): ApiError {
  return new ApiError(400, `Missing${parameter}`, `${parameter} is mandatory for this action.`);
}
