/* The words of a scenario file, which is a GKeyFile text:
 *
 *   [scenario]   one key a setting, named as in pisd_settings_get_infos(); absent = default,
 *                for mean-sd what the truth asks for, and for prior-family where both are absent
 *   [truth]      file = path of a file with arrays, relative to the scenario; absent = the random
 *                instance; known = false where there is no truth at all; beside a file that this
 *                program did not write, what its arrays are: arrays = NAME;NAME; (field 0,
 *                solution), order = yx or xy, factor = of field 0, index = of the case in a stack
 *   [prior]      weights = path of a learned prior's weights, relative to the scenario;
 *                weights-sha256 = hash of their data, as their metadata have it;
 *                socket = name of another process's socket
 *   [sensors]    rows = field,x,y,t,value,sd;field,x,y,t,value,sd;...
 */
#pragma once

/* Bytes at most: a full set of sensors with every number at its longest takes 3 MB. */
#define PISD_SCENARIO_MAX_FILE (16 * 1024 * 1024)

#define PISD_SCENARIO_SETTINGS "scenario"
#define PISD_SCENARIO_MEAN "mean-sd"
#define PISD_SCENARIO_FAMILY "prior-family"
#define PISD_SCENARIO_TRUTH "truth"
#define PISD_SCENARIO_FILE "file"
#define PISD_SCENARIO_KNOWN "known"
#define PISD_SCENARIO_ARRAYS "arrays"
#define PISD_SCENARIO_ORDER "order"
#define PISD_SCENARIO_FACTOR "factor"
#define PISD_SCENARIO_INDEX "index"
#define PISD_SCENARIO_PRIOR "prior"
#define PISD_SCENARIO_WEIGHTS "weights"
#define PISD_SCENARIO_HASH "weights-sha256"
#define PISD_SCENARIO_SOCKET "socket"
#define PISD_SCENARIO_SENSORS "sensors"
#define PISD_SCENARIO_ROWS "rows"
